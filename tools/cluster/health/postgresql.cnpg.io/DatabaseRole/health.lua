-- CloudNativePG writes observedGeneration when it has carried out a generation; a failure leaves the old one.
-- Until then nothing is wrong: what the role needs may still be on its way, and Degraded would end the sync.
local status = obj.status or {}
local message = status.message or ""
if status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = message ~= "" and message or "Waiting for CloudNativePG" }
end
if status.applied == true then
  return { status = "Healthy", message = message }
end
return { status = "Degraded", message = message ~= "" and message or "CloudNativePG could not apply the role" }
