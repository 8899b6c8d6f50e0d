-- As Argo CD's own (v3.6.1), which fails on a Cluster without a status: then nothing more of its Application is synced,
-- nor what CloudNativePG waits for before it writes one. The two phases at the end it does not know.
local status = obj.status or {}
local reason = status.phaseReason
local phases = {
  ["Cluster in healthy state"] = "Healthy",
  ["Setting up primary"] = "Progressing",
  ["Creating a new replica"] = "Progressing",
  ["Upgrading cluster"] = "Progressing",
  ["Waiting for the instances to become active"] = "Progressing",
  ["Promoting to primary cluster"] = "Progressing",
  ["Switchover in progress"] = "Degraded",
  ["Failing over"] = "Degraded",
  ["Upgrading Postgres major version"] = "Degraded",
  ["Cluster upgrade delayed"] = "Degraded",
  ["Waiting for user action"] = "Degraded",
  ["Primary instance is being restarted in-place"] = "Degraded",
  ["Primary instance is being restarted without a switchover"] = "Degraded",
  ["Cluster cannot execute instance online upgrade due to missing architecture binary"] = "Degraded",
  ["Online upgrade in progress"] = "Degraded",
  ["Applying configuration"] = "Degraded",
  ["Unable to create required cluster objects"] = "Suspended",
  ["Cluster cannot proceed to reconciliation due to an unknown plugin being required"] = "Suspended",
  ["Cluster has incomplete or invalid image catalog"] = "Suspended",
  ["Cluster is unrecoverable and needs manual intervention"] = "Suspended",
  ["Invalid cluster definition"] = "Degraded",
  ["Cluster cannot proceed to reconciliation due to an error while interacting with plugins"] = "Degraded",
}
local annotations = (obj.metadata or {}).annotations or {}
if annotations["cnpg.io/reconciliationLoop"] == "disabled" then
  return { status = "Suspended", message = "Cluster reconciliation is suspended" }
end
if status.conditions == nil then
  return { status = "Progressing", message = reason or "Waiting for CloudNativePG" }
end
for _, condition in ipairs(status.conditions) do
  if condition.type == "cnpg.io/hibernation" then
    return { status = condition.status == "True" and "Suspended" or "Degraded", message = condition.message }
  end
end
return { status = phases[status.phase] or "Unknown", message = reason }
