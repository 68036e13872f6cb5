A missed caller is called back and does not answer

An attempt closes the missed call, unless the tenant asks for more; it is not yet reached.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  gijs    PJSIP/1007-00000003   1.3      1007
  far     PJSIP/trunk-00000004  1.4 1.3  +31612345678

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:05.1  HangupRequest  caller          Cause=127
  09:00:05.1  DialEnd        caller > alice  DialStatus=CANCEL
  09:00:05.1  Hangup         alice           Cause=127
  09:00:05.1  Hangup         caller          Cause=127
  09:10:00.0  Newchannel     gijs            ChannelState=4 Context=from-internal Exten=+31612345678
  09:10:00.0  Newexten       gijs            Context=from-internal Extension=+31612345678 Priority=1 Application=Goto
  09:10:00.0  Newchannel     far             ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:10:00.0  DialBegin      gijs > far      DialString=+31612345678@trunk
  09:10:10.0  DialEnd        gijs > far      DialStatus=NOANSWER
  09:10:10.0  Hangup         far             Cause=0
  09:10:10.0  Hangup         gijs            Cause=19

Calls
  direction  outcome
  incoming   abandoned
  outgoing   no_answer
Missed
  outside       state      reached_at  closed
  +31612345678  attempted  -           09:10:00
