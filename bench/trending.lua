-- wrk asks for the paths in the file named after the address, one after the other; each thread begins elsewhere.
-- Prints one line of JSON at the end: answers, seconds, errors, latencies in milliseconds.
local paths, at, started = {}, 0, 0

function setup(thread)
  thread:set("place", started)
  started = started + 1
end

function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  at = place * math.floor(#paths / 2)
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end

function done(summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '\n{"answers": %d, "seconds": %.3f, "bytes": %d, "failed": %d, "refused": %d, "p50_ms": %.3f, "p99_ms": %.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, failed, summary.errors.status,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
