The extension gives up an outgoing call

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  +31201112233

Events
  09:00:00.0  Newchannel     gijs        ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.0  Newexten       gijs        Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:00.0  NewCallerid    gijs        CallerIDNum=+31201230000 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  Newchannel     far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far  DialString=+31201112233@trunk
  09:00:05.1  HangupRequest  gijs        Cause=127
  09:00:05.1  DialEnd        gijs > far  DialStatus=CANCEL
  09:00:05.1  Hangup         far         Cause=127
  09:00:05.1  Hangup         gijs        Cause=127

Calls
  direction  outcome    wait  talk  ended_by
  outgoing   no_answer  5     0     caller
Visits
  group  outcome
Missed
  outside  state
