The listener connects in the middle of a call

Only the list of channels tells of it: since when, and who talks with whom. What was before the list is not known, so the call is marked.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  CoreShowChannel           caller  ChannelState=6 Exten=s Application=Dial Duration=00:02:00 BridgeId=b1
  09:00:00.0  CoreShowChannel           alice   ChannelState=6 Application=AppDial Duration=00:01:59 BridgeId=b1
  09:00:00.1  CoreShowChannelsComplete          EventList=Complete ListItems=2
  09:00:30.0  HangupRequest             alice   Cause=16
  09:00:30.0  BridgeLeave               alice   BridgeUniqueid=b1
  09:00:30.0  BridgeLeave               caller  BridgeUniqueid=b1
  09:00:30.0  Hangup                    caller  Cause=16
  09:00:30.0  Hangup                    alice   Cause=16

Calls
  started   direction  caller        outcome   by    ended     ended_by  inferred
  08:58:00  incoming   +31612345678  answered  1001  09:00:30  callee    yes
Legs
  extension  outcome   inferred
  1001       answered  yes
