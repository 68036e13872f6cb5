An extension holds an outgoing call

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  +31201112233

Events
  09:00:00.0  Newchannel     gijs        ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.0  Newexten       gijs        Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:00.1  Newchannel     far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far  DialString=+31201112233@trunk
  09:00:05.1  DialEnd        gijs > far  DialStatus=ANSWER
  09:00:05.1  BridgeEnter    far         BridgeUniqueid=b1
  09:00:05.1  BridgeEnter    gijs        BridgeUniqueid=b1
  09:00:10.1  Hold           gijs        MusicClass=default
  09:00:30.1  Unhold         gijs
  09:00:45.1  HangupRequest  gijs        Cause=16
  09:00:45.1  BridgeLeave    gijs        BridgeUniqueid=b1
  09:00:45.1  BridgeLeave    far         BridgeUniqueid=b1
  09:00:45.1  Hangup         far         Cause=16
  09:00:45.1  Hangup         gijs        Cause=16

Calls
  direction  outcome   wait  talk  hold
  outgoing   answered  5     40    20
Legs
  role    extension  outcome   talk  hold
  caller  1007       answered  40    20
  called  -          answered  40    0
Missed
  outside  state
