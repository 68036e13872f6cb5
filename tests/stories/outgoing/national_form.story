An extension dials a number in national form

0201112233 is +31201112233.

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  0201112233

Events
  09:00:00.0  Newchannel     gijs        ChannelState=4 Context=from-internal Exten=0201112233
  09:00:00.0  Newexten       gijs        Context=from-internal Extension=0201112233 Priority=1 Application=Goto
  09:00:00.1  Newchannel     far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far  DialString=0201112233@trunk
  09:00:05.1  DialEnd        gijs > far  DialStatus=ANSWER
  09:00:05.1  BridgeEnter    far         BridgeUniqueid=b1
  09:00:05.1  BridgeEnter    gijs        BridgeUniqueid=b1
  09:00:15.1  HangupRequest  far         Cause=16
  09:00:15.1  BridgeLeave    far         BridgeUniqueid=b1
  09:00:15.1  BridgeLeave    gijs        BridgeUniqueid=b1
  09:00:15.1  Hangup         gijs        Cause=16
  09:00:15.1  Hangup         far         Cause=16

Calls
  direction  outside       called        outcome   ended_by
  outgoing   +31201112233  +31201112233  answered  callee
Missed
  outside  state
