local status = obj.status or {}
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "NotReady" and condition.status == "True" then
    return { status = "Degraded", message = condition.message }
  end
  if condition.type == "ReconciliationPaused" and condition.status == "True" then
    return { status = "Suspended", message = "Reconciliation is paused" }
  end
  if condition.type == "Ready" and condition.status == "True" and status.observedGeneration == obj.metadata.generation then
    return { status = "Healthy", message = "" }
  end
end
return { status = "Progressing", message = "Waiting for Strimzi" }
