A call goes on while nobody listens

The list of channels has it still: nothing is inferred.

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
  09:01:03.1  CoreShowChannel           caller          ChannelState=6 Application=Dial Duration=00:01:03 BridgeId=b1
  09:01:03.1  CoreShowChannel           alice           ChannelState=6 Application=AppDial Duration=00:01:03 BridgeId=b1
  09:01:03.2  CoreShowChannelsComplete                  EventList=Complete ListItems=2
  09:01:23.1  HangupRequest             caller          Cause=16
  09:01:23.1  BridgeLeave               caller          BridgeUniqueid=b1
  09:01:23.1  BridgeLeave               alice           BridgeUniqueid=b1
  09:01:23.1  Hangup                    alice           Cause=16
  09:01:23.1  Hangup                    caller          Cause=16

Calls
  outcome   wait  talk  ended_by  inferred
  answered  3     80    caller    no
