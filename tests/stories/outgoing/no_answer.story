Nobody answers an outgoing call and the telephone system gives up

Channels
  gijs  PJSIP/1007-00000001   1.1      1007
  far   PJSIP/trunk-00000002  1.2 1.1  +31201112233

Events
  09:00:00.0  Newchannel   gijs        ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.0  Newexten     gijs        Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:00.0  NewCallerid  gijs        CallerIDNum=+31201230000 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  Newchannel   far         ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin    gijs > far  DialString=+31201112233@trunk
  09:00:12.1  DialEnd      gijs > far  DialStatus=NOANSWER
  09:00:12.1  Hangup       far         Cause=0
  09:00:12.1  Newexten     gijs        Context=outbound Extension=s-NOANSWER Priority=1 Application=Hangup AppData=19
  09:00:12.1  Hangup       gijs        Cause=19

Calls
  direction  outcome    wait  talk
  outgoing   no_answer  12    0
Visits
  group  outcome
