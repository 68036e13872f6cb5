A caller gives up after the short-call threshold

4.6 seconds are 5, the threshold: every figure goes by the whole seconds that it shows.

Setting
  short_call_seconds 5

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel          caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten            caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten            caller  Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten            caller  Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin     caller  Queue=sales Position=1 Count=1
  09:00:04.6  HangupRequest       caller
  09:00:04.6  QueueCallerAbandon  caller  Queue=sales Position=1 OriginalPosition=1 HoldTime=4
  09:00:04.6  QueueCallerLeave    caller  Queue=sales Position=1 Count=0
  09:00:04.6  Hangup              caller  Cause=0

Calls
  group  outcome    wait
  sales  abandoned  5
Visits
  group  outcome    wait  short_call_seconds
  sales  abandoned  5     5
Missed
  outside       state
  +31612345678  open
