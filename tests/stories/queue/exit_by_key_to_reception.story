The caller presses a key in the queue and gets the reception

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  hanna   PJSIP/1008-00000003   1.3 1.1  1008

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         caller > alice  DialString=1001
  09:00:05.1  DialEnd           caller > alice  DialStatus=CANCEL
  09:00:05.1  Hangup            alice           Cause=16
  09:00:05.1  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:00:05.1  Newexten          caller          Context=queue-keys Extension=0 Priority=1 Application=Goto AppData=ext-local,1008,1
  09:00:05.1  Newexten          caller          Context=ext-local Extension=1008 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1008,15)
  09:00:05.2  Newchannel        hanna           ChannelState=0 Exten=s
  09:00:05.2  DialBegin         caller > hanna  DialString=1008
  09:00:08.1  DialEnd           caller > hanna  DialStatus=ANSWER
  09:00:08.1  BridgeEnter       hanna           BridgeUniqueid=b1
  09:00:08.1  BridgeEnter       caller          BridgeUniqueid=b1
  09:00:18.1  HangupRequest     hanna           Cause=16
  09:00:18.1  BridgeLeave       hanna           BridgeUniqueid=b1
  09:00:18.1  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:18.1  Hangup            caller          Cause=16
  09:00:18.1  Hangup            hanna           Cause=16

Calls
  group  outcome   by    wait  talk
  sales  answered  1008  8     10
Visits
  group  outcome      wait
  sales  left_by_key  5
