A hunt group rings two telephones, one answers

The loser's DialEnd CANCEL comes before the winner's ANSWER; his telephone has not missed a call.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  bram    PJSIP/1002-00000002   1.2 1.1  1002
  carla   PJSIP/1003-00000003   1.3 1.1  1003

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230003
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230003 Priority=1 Application=Set AppData=FROM_DID=+31201230003
  09:00:00.0  Newexten       caller          Context=ext-group Extension=600 Priority=1 Application=Dial AppData=PJSIP/1002&PJSIP/1003,12,HhTtr
  09:00:00.1  Newchannel     bram            ChannelState=0 Exten=s
  09:00:00.1  Newchannel     carla           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > bram   DialString=1002
  09:00:00.1  DialBegin      caller > carla  DialString=1003
  09:00:03.1  DialEnd        caller > bram   DialStatus=CANCEL
  09:00:03.1  DialEnd        caller > carla  DialStatus=ANSWER
  09:00:03.1  Hangup         bram            Cause=26
  09:00:03.1  BridgeEnter    carla           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:33.1  HangupRequest  caller          Cause=16
  09:00:33.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:33.1  BridgeLeave    carla           BridgeUniqueid=b1
  09:00:33.1  Hangup         carla           Cause=16
  09:00:33.1  Hangup         caller          Cause=16

Calls
  direction  outcome   group  by    wait  ring  talk
  incoming   answered  600    1003  3     3     30
Legs
  extension  group  outcome             ring  talk
  1002       600    answered_elsewhere  3     0
  1003       600    answered            3     30
Visits
  group  group_kind  outcome   entered   wait  talk  extension
  600    hunt_group  answered  09:00:00  3     30    1003
Missed
  outside  state
