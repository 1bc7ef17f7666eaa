-- bench/sustained.lua: wrk as clients that submit, poll, cancel and delete; one connection a thread.
--
-- Arguments: requests a second of each thread (0: as many as there can be), and the token. With a rate, requests are
-- due at fixed times. One that is sent late, because the answer before it was late, counts from when it was due.
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long ns; } kinora_time; int clock_gettime(int, kinora_time*);")
local clock = ffi.new("kinora_time")

local function now_ms()
    ffi.C.clock_gettime(1, clock)
    return tonumber(clock.s) * 1e3 + tonumber(clock.ns) / 1e6
end

-- A latency in microseconds falls into bucket floor(log(latency) * BUCKETS): steps of 2 %.
local BUCKETS = 1 / math.log(1.02)
local KEPT = 24        -- Tasks that a thread has at any time.
local TIMER_MS = 2     -- wrk's timers are coarse: that much lateness is not the server's.
local threads = {}
local head, interval, due, ready_at, kind, subject
local ids = {}
local KINDS = { "submit", "retrieve", "retrieve_batch", "cancel", "delete" }

-- Counts are globals of their own, for wrk hands no tables from thread to thread.
local function count(name)
    _G[name] = (_G[name] or 0) + 1
end

function setup(thread)
    thread:set("number", #threads + 1)
    table.insert(threads, thread)
end

function init(arguments)
    local rate = tonumber(arguments[1])
    head = "Host: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer " .. arguments[2] ..
        "\r\nContent-Length: "
    math.randomseed(number * 7919)
    if rate > 0 then
        interval = 1000 / rate
        due = now_ms() + 100 + math.random() * interval  -- The threads do not march in step.
        delay = function()
            ready_at = now_ms()
            return math.max(0, math.ceil(due - ready_at))
        end
    end
end

local function post(path, body)
    return "POST " .. path .. " HTTP/1.1\r\n" .. head .. #body .. "\r\n\r\n" .. body
end

local function act(name, id)
    return post("/luma/tasks", '{"action": "' .. name .. '", "id": "' .. id .. '"}')
end

local function choose()
    if #ids < 4 then return "submit" end
    local dice = math.random()
    if dice < 0.55 then return "retrieve" end
    if dice < 0.65 then return "retrieve_batch" end
    if dice < 0.70 then return "cancel" end
    -- As many go as come.
    if dice < 0.85 then return #ids < 2 * KEPT and "submit" or "delete" end
    return #ids > KEPT and "delete" or "submit"
end

local BODIES = {
    submit = '{"action": "generate", "prompt": "Astronauts shuttle from space to volcano", "async": true}',
    retrieve_batch = '{"action": "retrieve_batch", "limit": 12}',
}

local sent_at
function request()
    kind = choose()
    sent_at = now_ms()
    if interval then
        local late = ready_at and ready_at > due
        sent_at = late and due or math.min(sent_at, due + TIMER_MS)
        due = due + interval
    end
    if kind == "submit" then return post("/luma/videos", BODIES.submit) end
    if kind == "retrieve_batch" then return post("/luma/tasks", BODIES.retrieve_batch) end
    if kind == "delete" then return act("delete", table.remove(ids, 1)) end
    return act(kind, ids[math.random(#ids)])
end

function response(status, _, body)
    local us = math.max(1, (now_ms() - sent_at) * 1000)
    count(kind .. " took " .. math.floor(math.log(us) * BUCKETS))
    if kind == "submit" and status == 200 then
        ids[#ids + 1] = body:match('"task_id":"([^"]+)"')
    end
    if status ~= 200 then count(kind .. " got " .. status) end
end

-- All that the threads have counted under that name.
local function total(name)
    local sum = 0
    for _, thread in ipairs(threads) do sum = sum + (thread:get(name) or 0) end
    return sum
end

local function counted(kind, what, last)
    local found = {}
    for number = 0, last do
        local sum = total(kind .. " " .. what .. " " .. number)
        if sum > 0 then table.insert(found, string.format('"%d": %d', number, sum)) end
    end
    return string.format('"%s": {%s}', kind, table.concat(found, ", "))
end

-- One line of JSON for bench/sustained.
function done(summary)
    local kinds, refused = {}, {}
    for _, name in ipairs(KINDS) do
        table.insert(kinds, counted(name, "took", 950))  -- Up to two minutes and a half.
        table.insert(refused, counted(name, "got", 599))
    end
    local errors = summary.errors
    io.write(string.format('\nFACTS {"requests": %d, "seconds": %f, "broken": %d, "refused": {%s}, "kinds": {%s}}\n',
        summary.requests, summary.duration / 1e6, errors.connect + errors.read + errors.write + errors.timeout,
        table.concat(refused, ", "), table.concat(kinds, ", ")))
end
