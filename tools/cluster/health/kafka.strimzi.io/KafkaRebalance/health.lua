-- The type of the one true condition is the state: https://strimzi.io/docs/operators/latest/deploying
local annotations = obj.metadata.annotations or {}
if annotations["strimzi.io/rebalance"] == "template" then
  return { status = "Healthy", message = "A template for automatic rebalancing" }
end
local states = {
  New = { "Progressing", "Waiting for Cruise Control" },
  PendingProposal = { "Progressing", "Waiting for a proposal" },
  ProposalReady = { "Suspended", "A proposal waits for approval" },
  Rebalancing = { "Progressing", "Partitions are moving" },
  Stopped = { "Suspended", "Stopped by a person" },
  ReconciliationPaused = { "Suspended", "Reconciliation is paused" },
  Ready = { "Healthy", "" },
}
for _, condition in ipairs(obj.status and obj.status.conditions or {}) do
  if condition.type == "NotReady" and condition.status == "True" then
    return { status = "Degraded", message = condition.message }
  end
  local state = states[condition.type]
  if state ~= nil and condition.status == "True" then
    -- An approved proposal is carried out next.
    if condition.type == "ProposalReady" and annotations["strimzi.io/rebalance-auto-approval"] == "true" then
      state = states.Rebalancing
    end
    return { status = state[1], message = state[2] }
  end
end
return { status = "Progressing", message = "Waiting for Strimzi" }
