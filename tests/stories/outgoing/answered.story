An extension calls outside and is answered

The system shows the company's number to the outside: who called is known from the channel.

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  +31201112233

Events
  09:00:00.0  Newchannel     gijs        ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.0  Newexten       gijs        Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:00.0  NewCallerid    gijs        CallerIDNum=+31201230000 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  Newchannel     far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far  DialString=+31201112233@trunk
  09:00:08.1  DialEnd        gijs > far  DialStatus=ANSWER
  09:00:08.1  BridgeEnter    far         BridgeUniqueid=b1
  09:00:08.1  BridgeEnter    gijs        BridgeUniqueid=b1
  09:01:08.1  HangupRequest  gijs        Cause=16
  09:01:08.1  BridgeLeave    gijs        BridgeUniqueid=b1
  09:01:08.1  BridgeLeave    far         BridgeUniqueid=b1
  09:01:08.1  Hangup         far         Cause=16
  09:01:08.1  Hangup         gijs        Cause=16

Calls
  direction  outside       extension  outcome   wait  talk  duration  ended_by
  outgoing   +31201112233  1007       answered  8     60    60        caller
Legs
  kind       role    extension  outcome   talk
  extension  caller  1007       answered  60
  outside    called  -          answered  60
Visits
  group  outcome
Missed
  outside  state
