local status = obj.status or {}
if status.masterNode == nil or status.masterNode == "" then
  return { status = "Progressing", message = "Waiting for a master" }
end
return { status = "Healthy", message = "Master is " .. status.masterNode }
