local status = obj.status or {}
local reason = status.reason or ""
if status.state == "Failed" then
  return { status = "Degraded", message = reason }
end
if status.state ~= "Ready" then
  return { status = "Progressing", message = reason ~= "" and reason or "Waiting for the operator" }
end
-- The state stays Ready while the spec asks for more.
local function wanted(role)
  return role ~= nil and role.replicas or obj.spec.clusterSize
end
local leaders, followers = status.readyLeaderReplicas or 0, status.readyFollowerReplicas or 0
if leaders < wanted(obj.spec.redisLeader) or followers < wanted(obj.spec.redisFollower) then
  return { status = "Progressing", message = leaders .. " leaders and " .. followers .. " followers are ready" }
end
return { status = "Healthy", message = reason }
