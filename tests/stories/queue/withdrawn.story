A supervisor withdraws a waiting caller and has him sent elsewhere

The action QueueWithdrawCaller: somebody took the caller out of the queue, so he was transferred away.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  hanna   PJSIP/1008-00000002   1.2 1.1  1008

Events
  09:00:00.0  Newchannel          caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten            caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin     caller          Queue=sales Position=1 Count=1
  09:00:15.0  QueueCallerAbandon  caller          Queue=sales Position=1 OriginalPosition=1 HoldTime=15
  09:00:15.0  QueueCallerLeave    caller          Queue=sales Position=1 Count=0
  09:00:15.0  VarSet              caller          Variable=QUEUESTATUS Value=WITHDRAW
  09:00:15.0  Newexten            caller          Context=ext-local Extension=1008 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1008,15)
  09:00:15.1  Newchannel          hanna           ChannelState=0 Exten=s
  09:00:15.1  DialBegin           caller > hanna  DialString=1008
  09:00:18.1  DialEnd             caller > hanna  DialStatus=ANSWER
  09:00:18.1  BridgeEnter         hanna           BridgeUniqueid=b1
  09:00:18.1  BridgeEnter         caller          BridgeUniqueid=b1
  09:00:28.1  HangupRequest       caller          Cause=16
  09:00:28.1  BridgeLeave         caller          BridgeUniqueid=b1
  09:00:28.1  BridgeLeave         hanna           BridgeUniqueid=b1
  09:00:28.1  Hangup              hanna           Cause=16
  09:00:28.1  Hangup              caller          Cause=16

Calls
  group  outcome   by    wait  talk
  sales  answered  1008  18    10
Visits
  group  outcome      wait
  sales  transferred  15
