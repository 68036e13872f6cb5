The telephone is busy and voicemail takes the call

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  eva     PJSIP/1005-00000002   1.2 1.1  1005

Events
  09:00:00.0  Newchannel     caller        ChannelState=4 Context=from-trunk Exten=+31201230005
  09:00:00.0  Newexten       caller        Context=from-trunk Extension=+31201230005 Priority=1 Application=Set AppData=FROM_DID=+31201230005
  09:00:00.0  Newexten       caller        Context=ext-local Extension=1005 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1005,15)
  09:00:00.1  Newchannel     eva           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > eva  DialString=1005
  09:00:00.1  HangupRequest  eva           Cause=17
  09:00:00.1  DialEnd        caller > eva  DialStatus=BUSY
  09:00:00.1  Hangup         eva           Cause=17
  09:00:00.2  Newexten       caller        Context=from-did-direct Extension=1005 Priority=7 Application=VoiceMail AppData=1005@default,b
  09:00:15.0  HangupRequest  caller
  09:00:15.0  Hangup         caller        Cause=0

Calls
  outcome    by  wait  talk
  voicemail  -   0     0
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
