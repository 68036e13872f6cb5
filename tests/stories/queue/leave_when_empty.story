The last agent signs out and the queue lets the caller go

leavewhenempty=yes: again QueueCallerAbandon although nobody hung up.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel          caller  ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten            caller  Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten            caller  Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten            caller  Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin     caller  Queue=sales Position=1 Count=1
  09:00:10.0  QueueMemberRemoved          Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:00:10.1  QueueCallerAbandon  caller  Queue=sales Position=1 OriginalPosition=1 HoldTime=10
  09:00:10.1  QueueCallerLeave    caller  Queue=sales Position=1 Count=0
  09:00:10.1  VarSet              caller  Variable=QUEUESTATUS Value=LEAVEEMPTY
  09:00:10.1  Newexten            caller  Context=ext-queues Extension=400 Priority=3 Application=Playback AppData=vm-goodbye
  09:00:11.1  Hangup              caller  Cause=16

Calls
  group  outcome    wait  ended_by
  sales  timed_out  10    pbx
Visits
  group  outcome     wait
  sales  left_empty  10
Missed
  outside       state
  +31612345678  open
