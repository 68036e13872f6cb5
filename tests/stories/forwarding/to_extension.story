A telephone forwards its calls to a colleague

The telephone answers the ring with 302: Asterisk dials the new target through a local channel and ends the first ring with Forward.

Channels
  caller     PJSIP/trunk-00000001                 1.1      +31612345678
  alice      PJSIP/1001-00000002                  1.2 1.1  1001
  local_one  Local/1007@from-internal-00000001;1  1.3 1.1  <unknown>
  local_two  Local/1007@from-internal-00000001;2  1.4 1.1  <unknown>
  gijs       PJSIP/1007-00000005                  1.5 1.1  1007

Events
  09:00:00.0  Newchannel     caller              ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller              Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller              Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice               ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice      DialString=1001
  09:00:00.3  Newchannel     local_one           ChannelState=0 Exten=1007
  09:00:00.3  Newchannel     local_two           ChannelState=4 Exten=1007
  09:00:00.3  LocalBridge    LocalOne:local_one LocalTwo:local_two  Context=from-internal Exten=1007 LocalOptimization=No
  09:00:00.3  DialBegin      caller > local_one  DialString=1007@from-internal
  09:00:00.3  DialEnd        caller > alice      DialStatus=CANCEL Forward=1007
  09:00:00.3  Hangup         alice               Cause=16
  09:00:00.3  Newexten       local_two           Context=from-internal Extension=1007 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:00:00.4  Newchannel     gijs                ChannelState=0 Exten=s
  09:00:00.4  DialBegin      local_two > gijs    DialString=1007
  09:00:04.3  DialEnd        local_two > gijs    DialStatus=ANSWER
  09:00:04.3  BridgeEnter    gijs                BridgeUniqueid=b1
  09:00:04.3  DialEnd        caller > local_one  DialStatus=ANSWER
  09:00:04.3  BridgeEnter    local_two           BridgeUniqueid=b1
  09:00:04.3  BridgeEnter    local_one           BridgeUniqueid=b2
  09:00:04.3  BridgeEnter    caller              BridgeUniqueid=b2
  09:00:24.3  HangupRequest  caller              Cause=16
  09:00:24.3  BridgeLeave    caller              BridgeUniqueid=b2
  09:00:24.3  BridgeLeave    local_one           BridgeUniqueid=b2
  09:00:24.3  Hangup         local_one           Cause=16
  09:00:24.3  HangupRequest  local_two           Cause=16
  09:00:24.3  BridgeLeave    local_two           BridgeUniqueid=b1
  09:00:24.3  BridgeLeave    gijs                BridgeUniqueid=b1
  09:00:24.3  Hangup         gijs                Cause=16
  09:00:24.3  Hangup         local_two           Cause=16
  09:00:24.3  Hangup         caller              Cause=16

Calls
  direction  outcome   by    wait  talk
  incoming   answered  1007  4     20
Legs
  extension  outcome   ring  talk
  1001       diverted  0     0
  1007       answered  4     20
