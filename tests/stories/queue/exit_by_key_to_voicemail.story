The caller presses a key in the queue and leaves a message

Leaving by key is the one exit for which Asterisk sends QueueCallerLeave alone.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel        caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller  Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller  Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller  Queue=sales Position=1 Count=1
  09:00:12.0  QueueCallerLeave  caller  Queue=sales Position=1 Count=0
  09:00:12.0  Newexten          caller  Context=queue-keys Extension=1 Priority=1 Application=VoiceMail AppData=400@default,u
  09:00:30.0  HangupRequest     caller
  09:00:30.0  Hangup            caller  Cause=0

Calls
  group  outcome    wait
  sales  voicemail  12
Visits
  group  outcome      wait
  sales  left_by_key  12
Missed
  outside       state
  +31612345678  open
