An outgoing call fails: the provider has no line (503)

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  +31201112233

Events
  09:00:00.0  Newchannel     gijs        ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.0  Newexten       gijs        Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:00.0  NewCallerid    gijs        CallerIDNum=+31201230000 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  Newchannel     far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far  DialString=+31201112233@trunk
  09:00:00.2  HangupRequest  far         Cause=34
  09:00:00.2  DialEnd        gijs > far  DialStatus=CONGESTION
  09:00:00.2  Hangup         far         Cause=34
  09:00:00.2  Newexten       gijs        Context=outbound Extension=s-CONGESTION Priority=1 Application=Congestion AppData=3
  09:00:00.3  HangupRequest  gijs        Cause=34
  09:00:00.3  Hangup         gijs        Cause=34

Calls
  direction  outcome  talk
  outgoing   failed   0
Visits
  group  outcome
