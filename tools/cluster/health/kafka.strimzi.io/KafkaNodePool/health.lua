-- Strimzi writes no Ready condition here. A warning is a change that it refuses, such as another storage class.
local status = obj.status or {}
if status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "Waiting for Strimzi" }
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Warning" and condition.status == "True" then
    return { status = "Degraded", message = condition.message }
  end
end
if status.replicas ~= obj.spec.replicas then
  return { status = "Progressing", message = "Waiting for nodes" }
end
return { status = "Healthy", message = "" }
