-- The plugin writes a window for each server that has used the store; before the first backup there is none.
local windows = obj.status and obj.status.serverRecoveryWindow or {}
local failed = {}
for server, window in pairs(windows) do
  local last = window.lastSuccessfulBackupTime or ""
  -- Both are RFC 3339 in UTC, which sorts as text.
  if window.lastFailedBackupTime ~= nil and window.lastFailedBackupTime > last then
    table.insert(failed, server)
  end
end
if #failed > 0 then
  table.sort(failed)
  return { status = "Degraded", message = "The last backup failed: " .. table.concat(failed, ", ") }
end
return { status = "Healthy", message = next(windows) == nil and "No backup yet" or "" }
