Nobody answers and voicemail takes a message

Voicemail answers the line, but a voicemail box is nobody: the call is missed. Waiting ends when voicemail begins.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  eva     PJSIP/1005-00000002   1.2 1.1  1005

Events
  09:00:00.0  Newchannel     caller        ChannelState=4 Context=from-trunk Exten=+31201230005
  09:00:00.0  Newexten       caller        Context=from-trunk Extension=+31201230005 Priority=1 Application=Set AppData=FROM_DID=+31201230005
  09:00:00.0  Newexten       caller        Context=ext-local Extension=1005 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1005,15)
  09:00:00.1  Newchannel     eva           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > eva  DialString=1005
  09:00:06.1  DialEnd        caller > eva  DialStatus=NOANSWER
  09:00:06.1  Hangup         eva           Cause=0
  09:00:06.1  Newexten       caller        Context=from-did-direct Extension=1005 Priority=5 Application=VoiceMail AppData=1005@default,u
  09:00:26.1  HangupRequest  caller
  09:00:26.1  Hangup         caller        Cause=0

Calls
  outcome    by  wait  talk  duration
  voicemail  -   6     0     0
Legs
  kind       extension  outcome   ring  talk
  extension  1005       missed    6     0
  voicemail  -          diverted  0     0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
