A colleague outside the hunt group picks its call up

The group was answered, by somebody who does not belong to it.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  bram    PJSIP/1002-00000002   1.2 1.1  1002
  carla   PJSIP/1003-00000003   1.3 1.1  1003
  daan    PJSIP/1004-00000004   1.4      1004

Events
  09:00:00.0  Newchannel     caller            ChannelState=4 Context=from-trunk Exten=+31201230003
  09:00:00.0  Newexten       caller            Context=from-trunk Extension=+31201230003 Priority=1 Application=Set AppData=FROM_DID=+31201230003
  09:00:00.0  Newexten       caller            Context=ext-group Extension=600 Priority=1 Application=Dial AppData=PJSIP/1002&PJSIP/1003,12,HhTtr
  09:00:00.1  Newchannel     bram              ChannelState=0 Exten=s
  09:00:00.1  Newchannel     carla             ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > bram     DialString=1002
  09:00:00.1  DialBegin      caller > carla    DialString=1003
  09:00:04.0  Newchannel     daan              ChannelState=4 Context=from-internal Exten=*8
  09:00:04.0  Newexten       daan              Context=from-internal Extension=*8 Priority=1 Application=Pickup
  09:00:04.1  Pickup         daan Target:bram
  09:00:04.1  DialEnd        caller > carla    DialStatus=CANCEL
  09:00:04.1  DialEnd        caller > daan     DialStatus=ANSWER DestLinkedid=1.1
  09:00:04.1  Hangup         bram              Cause=26
  09:00:04.1  Hangup         carla             Cause=26
  09:00:04.1  BridgeEnter    daan              BridgeUniqueid=b1 Linkedid=1.1
  09:00:04.1  BridgeEnter    caller            BridgeUniqueid=b1
  09:00:24.1  HangupRequest  caller            Cause=16
  09:00:24.1  BridgeLeave    caller            BridgeUniqueid=b1
  09:00:24.1  BridgeLeave    daan              BridgeUniqueid=b1 Linkedid=1.1
  09:00:24.1  Hangup         caller            Cause=16
  09:00:24.1  Hangup         daan              Cause=16 Linkedid=1.1

Calls
  group  outcome   by    wait  talk
  600    answered  1004  4     20
Legs
  extension  outcome             ring  talk
  1002       answered_elsewhere  4     0
  1003       answered_elsewhere  4     0
  1004       answered            0     20
Visits
  group  outcome   wait  extension  left
  600    answered  4     1004       09:00:04
Missed
  outside  state
