An extension listens to its own voicemail

Nobody is called: no call.

Channels
  bram  PJSIP/1002-00000001  1.1      1002

Events
  09:00:00.0  Newchannel     bram  ChannelState=4 Context=from-internal Exten=*97
  09:00:00.0  Newexten       bram  Context=from-internal Extension=*97 Priority=1 Application=Answer
  09:00:00.0  Newexten       bram  Context=from-internal Extension=*97 Priority=2 Application=VoiceMailMain AppData=1002@default,s
  09:00:30.0  HangupRequest  bram
  09:00:30.0  Hangup         bram  Cause=16

Calls
  direction  outcome
