-- Posts single purchases of customers c1 to cN, each with an outside id of its own.
local size = tonumber(os.getenv("BENCH_CUSTOMERS") or "10000")
local run = os.getenv("BENCH_RUN") or "0"
local thread = 0
local number = 0

function setup(t)
  t:set("id", thread)
  thread = thread + 1
end

request = function()
  number = number + 1
  local customer = (number * 7919 + id * 104729) % size + 1
  local body = string.format(
    '{"unique_external_id":"c%d","amount":"%d.%02d","product":"p1","channel":"web","outside_id":"b%s-%d-%d"}',
    customer, number % 90 + 1, number % 100, run, id, number)
  return wrk.format("POST", "/api/v2/purchases", {
    ["Authorization"] = os.getenv("BENCH_AUTH"), ["Content-Type"] = "application/json" }, body)
end

local answers = {}
response = function(status)
  if status ~= 201 then answers[status] = (answers[status] or 0) + 1 end
end
