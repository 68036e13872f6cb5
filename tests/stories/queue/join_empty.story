A queue without any agent turns the caller away

Nobody is signed in, the queue does not take the caller, and a voice says goodbye: the call was refused.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  09:00:00.0  Newchannel  caller  ChannelState=4 Context=from-trunk Exten=+31201230009
  09:00:00.0  Newexten    caller  Context=from-trunk Extension=+31201230009 Priority=1 Application=Set AppData=FROM_DID=+31201230009
  09:00:00.0  Newexten    caller  Context=ext-queues Extension=402 Priority=1 Application=Answer
  09:00:00.0  Newexten    caller  Context=ext-queues Extension=402 Priority=2 Application=Queue AppData=backoffice,tT,,,20
  09:00:00.0  VarSet      caller  Variable=QUEUESTATUS Value=JOINEMPTY
  09:00:00.0  Newexten    caller  Context=ext-queues Extension=402 Priority=3 Application=Playback AppData=vm-goodbye
  09:00:01.0  Hangup      caller  Cause=16

Calls
  group       outcome  wait
  backoffice  busy     0
Legs
  kind          outcome
  announcement  diverted
Visits
  group       outcome     wait
  backoffice  left_empty  0
Missed
  outside       state
  +31612345678  open
