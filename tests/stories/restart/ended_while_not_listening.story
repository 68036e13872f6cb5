A call ends while nobody listens

The connection to the telephone system was lost and came back; its list of channels no longer has the call. It ended, at the latest,
when the connection was lost.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel                caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten                  caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel                alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin                 caller > alice  DialString=1001
  09:00:03.1  DialEnd                   caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter               alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter               caller          BridgeUniqueid=b1
  09:00:33.1  (connection lost)
  09:01:03.1  CoreShowChannelsComplete                  EventList=Complete ListItems=0

Calls
  outcome   ended     talk  inferred
  answered  09:00:33  30    yes
