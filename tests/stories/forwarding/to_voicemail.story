All calls are forwarded to voicemail

The telephone does not ring at all.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel     caller  ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller  Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller  Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.0  Newexten       caller  Context=ext-local Extension=1001 Priority=2 Application=VoiceMail AppData=1001@default,u
  09:00:20.0  HangupRequest  caller
  09:00:20.0  Hangup         caller  Cause=0

Calls
  outcome    wait  talk
  voicemail  0     0
Legs
  kind       extension  outcome   ring
  voicemail  -          diverted  0
Missed
  outside       state
  +31612345678  open
