A telephone forwards to a mobile telephone, and it is answered there

302 to an outside number: the ring goes on through a local channel to the trunk.

Channels
  caller     PJSIP/trunk-00000001                       1.1      +31612345678
  alice      PJSIP/1001-00000002                        1.2 1.1  1001
  local_one  Local/0687654321@from-internal-00000001;1  1.3 1.1  <unknown>
  local_two  Local/0687654321@from-internal-00000001;2  1.4 1.1  <unknown>
  mobile     PJSIP/trunk-00000005                       1.5 1.1  0687654321

Events
  09:00:00.0  Newchannel     caller              ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller              Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller              Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice               ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice      DialString=1001
  09:00:00.3  Newchannel     local_one           ChannelState=0 Exten=0687654321
  09:00:00.3  Newchannel     local_two           ChannelState=4 Exten=0687654321
  09:00:00.3  LocalBridge    LocalOne:local_one LocalTwo:local_two  Context=from-internal Exten=0687654321 LocalOptimization=No
  09:00:00.3  DialBegin      caller > local_one  DialString=0687654321@from-internal
  09:00:00.3  DialEnd        caller > alice      DialStatus=CANCEL Forward=0687654321
  09:00:00.3  Hangup         alice               Cause=16
  09:00:00.3  Newexten       local_two           Context=from-internal Extension=0687654321 Priority=1 Application=Goto AppData=outbound,0687654321,1
  09:00:00.4  Newchannel     mobile              ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.4  DialBegin      local_two > mobile  DialString=0687654321@trunk
  09:00:07.4  DialEnd        local_two > mobile  DialStatus=ANSWER
  09:00:07.4  BridgeEnter    mobile              BridgeUniqueid=b1
  09:00:07.4  DialEnd        caller > local_one  DialStatus=ANSWER
  09:00:07.4  BridgeEnter    local_two           BridgeUniqueid=b1
  09:00:07.4  BridgeEnter    local_one           BridgeUniqueid=b2
  09:00:07.4  BridgeEnter    caller              BridgeUniqueid=b2
  09:00:27.4  HangupRequest  caller              Cause=16
  09:00:27.4  BridgeLeave    caller              BridgeUniqueid=b2
  09:00:27.4  BridgeLeave    local_one           BridgeUniqueid=b2
  09:00:27.4  Hangup         local_one           Cause=16
  09:00:27.4  HangupRequest  local_two           Cause=16
  09:00:27.4  BridgeLeave    local_two           BridgeUniqueid=b1
  09:00:27.4  BridgeLeave    mobile              BridgeUniqueid=b1
  09:00:27.4  Hangup         mobile              Cause=16
  09:00:27.4  Hangup         local_two           Cause=16
  09:00:27.4  Hangup         caller              Cause=16

Calls
  direction  outcome           by  wait  talk
  incoming   answered_outside  -   7     20
Legs
  kind       extension  outcome   ring  talk
  extension  1001       diverted  0     0
  outside    -          answered  7     20
