The called party presses the reject key

The telephone sends 603: Asterisk says DialStatus NOANSWER all the same, only the hang-up's cause 21 tells that it was declined.
For the caller that is a refusal.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:03.1  HangupRequest  alice           Cause=21
  09:00:03.1  DialEnd        caller > alice  DialStatus=NOANSWER
  09:00:03.1  Hangup         alice           Cause=21
  09:00:03.1  Newexten       caller          Context=ext-local Extension=s-CHANUNAVAIL Priority=1 Application=Hangup AppData=20
  09:00:03.1  Hangup         caller          Cause=20

Calls
  direction  outcome  wait  talk
  incoming   busy     3     0
Legs
  extension  outcome   ring  talk
  1001       declined  3     0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
