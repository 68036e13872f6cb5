Follow-me: the telephone first, then the telephone and the mobile together

Alice's telephone rings alone, then together with her mobile, where she answers: outside. Her telephone lost that race, and the first
ring went on to where it was answered.

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  alice        PJSIP/1001-00000002   1.2 1.1  1001
  alice_again  PJSIP/1001-00000003   1.3 1.1  1001
  mobile       PJSIP/trunk-00000004  1.4 1.1  0687654321

Events
  09:00:00.0  Newchannel     caller                ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller                Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller                Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice                 ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice        DialString=1001
  09:00:08.1  DialEnd        caller > alice        DialStatus=NOANSWER
  09:00:08.1  Hangup         alice                 Cause=0
  09:00:08.2  Newchannel     alice_again           ChannelState=0 Exten=s
  09:00:08.2  Newchannel     mobile                ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:08.2  DialBegin      caller > alice_again  DialString=1001
  09:00:08.2  DialBegin      caller > mobile       DialString=0687654321@trunk
  09:00:14.2  DialEnd        caller > alice_again  DialStatus=CANCEL
  09:00:14.2  DialEnd        caller > mobile       DialStatus=ANSWER
  09:00:14.2  BridgeEnter    mobile                BridgeUniqueid=b1
  09:00:14.2  BridgeEnter    caller                BridgeUniqueid=b1
  09:00:14.2  Hangup         alice_again           Cause=26
  09:00:34.2  HangupRequest  caller                Cause=16
  09:00:34.2  BridgeLeave    caller                BridgeUniqueid=b1
  09:00:34.2  BridgeLeave    mobile                BridgeUniqueid=b1
  09:00:34.2  Hangup         mobile                Cause=16
  09:00:34.2  Hangup         caller                Cause=16

Calls
  outcome           by  wait  talk
  answered_outside  -   14    20
Legs
  kind       extension  outcome             ring  talk
  extension  1001       diverted            8     0
  extension  1001       answered_elsewhere  6     0
  outside    -          answered            6     20
Missed
  outside  state
