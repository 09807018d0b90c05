-- What the scripts share that put an article or a headline in, or change one.

-- Say so in the log of news, by which indexes follow.
local function tell(log, id)
  redis.call('XADD', log, 'MAXLEN', '~', 10000, '*', 'id', tonumber(id))
end
