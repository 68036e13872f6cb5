A caller gives up in a queue while all agents are busy

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel          caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten            caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten            caller  Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten            caller  Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin     caller  Queue=sales Position=1 Count=1
  09:00:20.4  HangupRequest       caller
  09:00:20.4  QueueCallerAbandon  caller  Queue=sales Position=1 OriginalPosition=1 HoldTime=20
  09:00:20.4  QueueCallerLeave    caller  Queue=sales Position=1 Count=0
  09:00:20.4  Hangup              caller  Cause=0

Calls
  group  outcome    wait  ring  ended_by
  sales  abandoned  20    0     caller
Legs
  extension  outcome
Visits
  group  outcome    wait
  sales  abandoned  20
Missed
  outside       state
  +31612345678  open
