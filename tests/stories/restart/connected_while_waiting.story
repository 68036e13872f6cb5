The listener connects while a caller waits in a queue

The list of the queue tells since when the caller has been waiting.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  CoreShowChannel           caller          ChannelState=6 Application=Queue Duration=00:00:42 BridgeId=
  09:00:00.1  CoreShowChannelsComplete                  EventList=Complete ListItems=1
  09:00:00.1  QueueEntry                                Queue=sales Position=1 Channel=PJSIP/trunk-00000001 Uniqueid=1.1 CallerIDNum=+31612345678 Wait=40
  09:00:10.1  Newchannel                alice           ChannelState=0 Exten=s
  09:00:10.1  AgentCalled               caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:10.1  DialBegin                 caller > alice  DialString=1001
  09:00:14.1  DialEnd                   caller > alice  DialStatus=ANSWER
  09:00:14.1  QueueCallerLeave          caller          Queue=sales Position=1 Count=0
  09:00:14.1  AgentConnect              caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=54 RingTime=4
  09:00:14.1  BridgeEnter               alice           BridgeUniqueid=b1
  09:00:14.1  BridgeEnter               caller          BridgeUniqueid=b1
  09:00:34.1  HangupRequest             caller          Cause=16
  09:00:34.1  AgentComplete             caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=54 TalkTime=20 Reason=caller
  09:00:34.1  BridgeLeave               caller          BridgeUniqueid=b1
  09:00:34.1  BridgeLeave               alice           BridgeUniqueid=b1
  09:00:34.1  Hangup                    alice           Cause=16
  09:00:34.1  Hangup                    caller          Cause=16

Calls
  started   group  outcome   by    wait  talk  inferred
  08:59:18  sales  answered  1001  54    20    yes
Visits
  group  outcome   entered   wait  talk
  sales  answered  08:59:20  54    20
