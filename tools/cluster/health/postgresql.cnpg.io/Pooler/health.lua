local status = obj.status or {}
local reason = status.phaseReason or ""
if status.error ~= nil and status.error ~= "" then
  return { status = "Degraded", message = status.error }
end
if status.phase == "failed" then
  return { status = "Degraded", message = reason }
end
if status.phase == "paused" then
  return { status = "Suspended", message = reason }
end
-- "inactive" waits for a cluster, Secret or certificate, and goes on when it is there.
if status.phase ~= "active" then
  return { status = "Progressing", message = reason ~= "" and reason or "Waiting for CloudNativePG" }
end
if (status.instances or 0) < (obj.spec.instances or 1) then
  return { status = "Progressing", message = "Waiting for instances" }
end
return { status = "Healthy", message = reason }
