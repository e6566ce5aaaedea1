import Testing

/// Chains of stages that mean nothing, and what contradicts them.
private let table = #"""
  _lb.www TXT "steer=upp,weighted"
  > 1:1: error: "upp" is not a stage; did you mean up?

  _lb.www TXT "steer=UP"
  > 1:1: error: "UP" is not a stage; did you mean up?

  _lb.www TXT "steer=up,wrr"
  > 1:1: error: "wrr" is not a stage; did you mean weighted?

  _lb.www TXT "steer=up,latency-based"
  > 1:1: error: "latency-based" is not a stage; there are up, tier, nearest, fence, fastest, least-conn, weighted-least-conn, shortest-delay, never-queue, shed, hash, round-robin, weighted, random, weighted-random

  _lb.www TXT "steer=up,,weighted"
  > 1:1: error: steer= has an empty stage; write stages with one comma between them, like steer=up,tier,weighted

  _lb.www TXT "steer=up,"
  > 1:1: error: steer= has an empty stage; write stages with one comma between them, like steer=up,tier,weighted

  _lb.www TXT "steer=up:2"
  > 1:1: error: "up:2": stage up takes nothing after it; write up

  _lb.www TXT "steer=nearest:0"
  > 1:1: error: "nearest:0": nearest takes how many locations to keep, 1 to 1000; write nearest:2

  _lb.www TXT "steer=nearest:two"
  > 1:1: error: "nearest:two": nearest takes how many locations to keep, 1 to 1000; write nearest:2

  _lb.www TXT "steer=nearest:"
  > 1:1: error: "nearest:": nearest takes how many locations to keep, 1 to 1000; write nearest:2

  _lb.www TXT "steer=hash:ip"
  > 1:1: error: "hash:ip": hash takes what to follow, and then bounded or nothing; write hash:client, hash:name, hash:client:bounded or hash:name:bounded

  _lb.www TXT "steer=hash:bounded"
  > 1:1: error: "hash:bounded": hash takes what to follow, and then bounded or nothing; write hash:client, hash:name, hash:client:bounded or hash:name:bounded

  _lb.www TXT "check=script" "steer=shed:90%..70%"
  > 1:1: error: "shed:90%..70%": the first mark of shed must be below the second; write shed:70%..90%

  _lb.www TXT "check=script" "steer=shed:70..90"
  > 1:1: error: "shed:70..90": shed takes two marks of load, 0% to 100%; write shed:70%..90%

  _lb.www TXT "check=script" "steer=shed:0.7"
  > 1:1: error: "shed:0.7": shed takes two marks of load, 0% to 100%; write shed:70%..90%

  _lb.www TXT "steer=up,tier,up"
  > 1:1: error: stage up is in the chain twice; write it once

  _lb.www TXT "check=script" "steer=up,least-conn,shed:70%..90%,never-queue"
  > 1:1: error: least-conn and never-queue both weigh members by their connections; write one of them

  _lb.www TXT "steer=weighted,random"
  > 1:1: error: weighted and random are both final orders; a chain ends in one of them

  _lb.www TXT "steer=weighted,up"
  > 1:1: error: stage up comes after the final order weighted; write up,weighted

  _lb.www TXT "steer=hash:name,weighted"
  > 1:1: error: hash:name and weighted are both final orders; a chain ends in one of them

  _lb.www TXT "steer=upp,teir:1,nerest,weighted,random" "foo=1" "answers=x"
  > 1:1: error: "foo" is not a key; there are check, steer, answers, fail, ttl, panic, default-at, member, weight, at, tier
  > 1:1: error: "upp" is not a stage; did you mean up?
  > 1:1: error: "teir:1" is not a stage; did you mean tier?
  > 1:1: error: "nerest" is not a stage; did you mean nearest?
  > 1:1: error: weighted and random are both final orders; a chain ends in one of them
  > 1:1: error: "answers=x" is not a whole number; it can be 1 to 65535

  _lb.www TXT "check=script" "steer=round-robin"
  > 1:1: error: check= has no effect, as no stage of steer= heeds it; write up as the first stage, or leave check= out

  _lb.www TXT "check=script" "steer=hash:name"
  > 1:1: error: check= has no effect, as no stage of steer= heeds it; write up as the first stage, or leave check= out

  _lb.www TXT "steer=fastest"
  > 1:1: error: stage fastest needs what a check measures; write check=NAME, or leave the stage out

  _lb.www TXT "steer=least-conn"
  > 1:1: error: stage least-conn needs what a check measures; write check=NAME, or leave the stage out

  _lb.www TXT "steer=hash:name:bounded"
  > 1:1: error: stage hash:name:bounded needs what a check measures; write check=NAME, or leave the stage out

  _lb.www TXT "check=c steer=shed"
  c._check TXT "type=tcp port=25"
  > 1:1: error: stage shed needs what check c cannot measure, being of type tcp; types that can are http, https, agent, heartbeat

  _lb.www TXT "check=c steer=fastest,weighted"
  c._check TXT "type=heartbeat"
  > 1:1: error: stage fastest needs what check c cannot measure, being of type heartbeat; types that can are tcp, http, https, dns, icmp, agent

  _lb.www TXT "check=script" "steer=fastest,round-robin"
  > 1:1: error: stage fastest has no effect: it weighs, and round-robin does not heed weights; end the chain in weighted

  _lb.www TXT "check=script" "steer=shed,random"
  > 1:1: error: stage shed has no effect: it weighs, and random does not heed weights; end the chain in weighted-random

  _lb.www TXT "steer=up,weighted panic=50%"
  > 1:1: error: panic= has no effect, as steer= has no stage tier; write one, or leave panic= out

  _lb.www TXT "steer=weighted fail=closed"
  > 1:1: error: fail= has no effect, as no stage of steer= drops members; write up as the first stage, or leave fail= out

  _lb.www TXT "steer=up,weighted default-at=fra"
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: error: default-at= has no effect, as no stage of steer= asks where clients are; write nearest or fence, or leave default-at= out

  _lb.www TXT "steer=nearest default-at=fre"
  _lb.www TXT "member=192.0.2.10 at=fra"
  _lb.www TXT "member=192.0.2.11 at=fra"
  _lb.www TXT "member=198.51.100.20 at=fra"
  _lb.www TXT "member=2001:db8::10 at=fra"
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: error: location fre is not defined; did you mean fra?

  _lb.www TXT "steer=nearest default-at=fra,nyc"
  _lb.www TXT "member=192.0.2.10 at=fra"
  _lb.www TXT "member=192.0.2.11 at=fra"
  _lb.www TXT "member=198.51.100.20 at=fra"
  _lb.www TXT "member=2001:db8::10 at=fra"
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: error: "default-at=fra,nyc" is not a name that can be defined; names are one label of letters, digits, - and _

  _lb.www TXT "steer=nearest"
  > 1:1: error: stage nearest needs to know where members are, and none has at=; write at=NAME after member=

  _lb.www TXT "steer=fence"
  _lb.www TXT "member=192.0.2.10"
  > 1:1: error: stage fence needs to know where members are, and none has at=; write at=NAME after member=

  _lb.one TXT "steer=fence"
  _lb.one TXT "member=192.0.2.1 at=fra"
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  > 2:1: error: stage fence needs to know which clients are of location fra, and it owns no network or country; write fra._at APL, or TXT with country= or continent=

  _lb.one TXT "steer=fence"
  _lb.one TXT "member=192.0.2.1 at=fra"
  fra._at APL !1:192.0.2.0/24
  > 2:1: error: stage fence needs to know which clients are of location fra, and it owns no network or country; write fra._at APL, or TXT with country= or continent=
  > 3:1: error: !1:192.0.2.0/24 has no effect, as it is in no other network of the location; write that one, too, or leave this out

  _lb.www TXT "steer=up,weighted"
  _lb.www TXT "member=192.0.2.10 tier=2"
  > 2:1: warning: tier=2 has no effect, as steer= has no stage tier

  _lb.www TXT "steer=round-robin"
  _lb.www TXT "member=192.0.2.10 weight=2"
  > 2:1: warning: weight=2 has no effect, as round-robin does not heed weights; end the chain in weighted

  _lb.www TXT "steer=random"
  _lb.www TXT "member=192.0.2.10 weight=2"
  > 2:1: warning: weight=2 has no effect, as random does not heed weights; end the chain in weighted-random

  _lb.www TXT "member=192.0.2.10 at=lab"
  > 1:1: warning: at=lab has no effect, as steer= has no stage nearest or fence

  _lb.www TXT "steer=nearest"
  _lb.www TXT "member=192.0.2.10 at=lab"
  _lb.www TXT "member=192.0.2.11"
  > 3:1: warning: 3 of 4 members, 192.0.2.11 first, have no at=; stage nearest takes such members for the farthest

  _lb.one TXT "steer=nearest:2"
  _lb.one TXT "member=192.0.2.1 at=lab"
  > 1:1: warning: nearest:2 keeps all members, as they are at 1 location

  _lb.www TXT "steer=nearest"
  _lb.www TXT "member=192.0.2.10 at=fra"
  _lb.www TXT "member=192.0.2.11 at=nyc"
  _lb.www TXT "member=198.51.100.20 at=nyc"
  _lb.www TXT "member=2001:db8::10 at=nyc"
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  nyc._at APL 1:192.0.2.0/24
  > 3:1: warning: location nyc has no LOC record, so its distance is not known; stage nearest takes it for the farthest of all clients but its own

  _lb.www TXT "panic=50%"
  > 1:1: warning: panic=50% has no effect, as all members are of one tier

  _lb.www TXT "panic=4"
  _lb.www TXT "member=192.0.2.10 tier=2"
  _lb.www TXT "member=192.0.2.11 weight=0"
  > 1:1: warning: panic=4 is reached by no tier: the most members of a weight above 0 that one has is 1

  _lb.www TXT "check=script" "steer=least-conn"
  _lb.www TXT "member=192.0.2.10 weight=2"
  > 2:1: warning: weight=2 has no effect, as least-conn does not heed weights; write weighted-least-conn

  _lb.one TXT "steer=up,fence"
  _lb.one TXT "member=192.0.2.1"
  > 1:1: error: stage fence needs to know where members are, and none has at=; write at=NAME after member=

  _lb.www TXT "steer=fence"
  _lb.www TXT "member=192.0.2.10 at=lab"
  > 1:1: warning: 3 of 4 members, 192.0.2.11 first, have no at=; stage fence never chooses such members

  _lb.www TXT "stear=nearest" "panic=1"
  _lb.www TXT "member=192.0.2.10 at=lab"
  > 1:1: error: "stear" is not a key; did you mean steer=?

  _lb.www TXT "chekc=script" "steer=fastest"
  > 1:1: error: "chekc" is not a key; did you mean check=?

  _lb.www TXT "steer=fastest"
  _lb.www TXT "member=192.0.2.10 check=script"
  > 2:1: error: check= is of the whole pool; write it in a record without member=

  _lb.one TXT "steer=nearest"
  _lb.one TXT "member=192.0.2.1 at="
  > 2:1: error: at= has no value; write one right after it, or leave the key out
  """#

@Test(arguments: Mistake.all(in: table))
func chainMistakesAreReported(_ mistake: Mistake) throws {
  #expect(try mistake.found() == mistake.diagnostics)
}
