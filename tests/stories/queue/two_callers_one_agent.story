Two callers wait for one agent

The second waits until the agent is free again: each has a wait of his own.

Channels
  caller      PJSIP/trunk-00000001  1.1      +31612345678
  alice       PJSIP/1001-00000002   1.2 1.1  1001
  second      PJSIP/trunk-00000003  1.3      +31687654321
  alice_next  PJSIP/1001-00000004   1.4 1.3  1001

Events
  09:00:00.0  Newchannel        caller               ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller               Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller               Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller               Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller               Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice                ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > alice       Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         caller > alice       DialString=1001
  09:00:03.1  DialEnd           caller > alice       DialStatus=ANSWER
  09:00:03.1  QueueCallerLeave  caller               Queue=sales Position=1 Count=0
  09:00:03.1  AgentConnect      caller > alice       Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=3 RingTime=3
  09:00:03.1  BridgeEnter       alice                BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       caller               BridgeUniqueid=b1
  09:00:05.0  Newchannel        second               ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:05.0  Newexten          second               Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:05.0  Newexten          second               Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:05.0  Newexten          second               Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:05.0  QueueCallerJoin   second               Queue=sales Position=1 Count=1
  09:00:33.1  HangupRequest     caller               Cause=16
  09:00:33.1  AgentComplete     caller > alice       Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=3 TalkTime=30 Reason=caller
  09:00:33.1  BridgeLeave       caller               BridgeUniqueid=b1
  09:00:33.1  BridgeLeave       alice                BridgeUniqueid=b1
  09:00:33.1  Hangup            alice                Cause=16
  09:00:33.1  Hangup            caller               Cause=16
  09:00:36.2  Newchannel        alice_next           ChannelState=0 Exten=s
  09:00:36.2  AgentCalled       second > alice_next  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:36.2  DialBegin         second > alice_next  DialString=1001
  09:00:38.2  DialEnd           second > alice_next  DialStatus=ANSWER
  09:00:38.2  QueueCallerLeave  second               Queue=sales Position=1 Count=0
  09:00:38.2  AgentConnect      second > alice_next  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=33 RingTime=2
  09:00:38.2  BridgeEnter       alice_next           BridgeUniqueid=b2
  09:00:38.2  BridgeEnter       second               BridgeUniqueid=b2
  09:00:48.2  HangupRequest     second               Cause=16
  09:00:48.2  AgentComplete     second > alice_next  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=33 TalkTime=10 Reason=caller
  09:00:48.2  BridgeLeave       second               BridgeUniqueid=b2
  09:00:48.2  BridgeLeave       alice_next           BridgeUniqueid=b2
  09:00:48.2  Hangup            alice_next           Cause=16
  09:00:48.2  Hangup            second               Cause=16

Calls
  caller        outcome   by    wait  ring  talk
  +31612345678  answered  1001  3     3     30
  +31687654321  answered  1001  33    2     10
Visits
  entered   group  outcome   wait
  09:00:00  sales  answered  3
  09:00:05  sales  answered  33
Missed
  outside  state
