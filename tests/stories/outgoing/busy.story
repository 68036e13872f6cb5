An outgoing call finds the line busy

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  +31201112233

Events
  09:00:00.0  Newchannel     gijs        ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.0  Newexten       gijs        Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:00.0  NewCallerid    gijs        CallerIDNum=+31201230000 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  Newchannel     far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far  DialString=+31201112233@trunk
  09:00:00.6  HangupRequest  far         Cause=17
  09:00:00.6  DialEnd        gijs > far  DialStatus=BUSY
  09:00:00.6  Hangup         far         Cause=17
  09:00:00.6  Newexten       gijs        Context=outbound Extension=s-BUSY Priority=1 Application=Busy AppData=3
  09:00:03.6  HangupRequest  gijs        Cause=17
  09:00:03.6  Hangup         gijs        Cause=17

Calls
  direction  outcome  talk
  outgoing   busy     0
Visits
  group  outcome
