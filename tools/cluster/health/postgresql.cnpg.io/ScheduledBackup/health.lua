local status = obj.status or {}
if status.error ~= nil and status.error ~= "" then
  return { status = "Degraded", message = status.error }
end
if obj.spec.suspend == true then
  return { status = "Suspended", message = "No backups are scheduled" }
end
if status.lastCheckTime == nil then
  return { status = "Progressing", message = "Waiting for CloudNativePG" }
end
return { status = "Healthy", message = status.nextScheduleTime and ("Next backup at " .. status.nextScheduleTime) or "" }
