An extension calls 112

A short number that leads outside: an outgoing call without an E.164 number.

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  112

Events
  09:00:00.0  Newchannel     gijs        ChannelState=4 Context=from-internal Exten=112
  09:00:00.0  Newexten       gijs        Context=from-internal Extension=112 Priority=1 Application=Goto
  09:00:00.1  Newchannel     far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far  DialString=112@trunk
  09:00:02.1  DialEnd        gijs > far  DialStatus=ANSWER
  09:00:02.1  BridgeEnter    far         BridgeUniqueid=b1
  09:00:02.1  BridgeEnter    gijs        BridgeUniqueid=b1
  09:01:02.1  HangupRequest  gijs        Cause=16
  09:01:02.1  BridgeLeave    gijs        BridgeUniqueid=b1
  09:01:02.1  BridgeLeave    far         BridgeUniqueid=b1
  09:01:02.1  Hangup         far         Cause=16
  09:01:02.1  Hangup         gijs        Cause=16

Calls
  direction  extension  called  outcome   talk
  outgoing   1007       112     answered  60
Missed
  outside  state
