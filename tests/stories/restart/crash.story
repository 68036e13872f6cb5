The telephone system stops without a word

No hang-up is ever heard. After the restart nothing from before lives on: the call ended, at the latest, when the connection was lost.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel         caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten           caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel         alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin          caller > alice  DialString=1001
  09:00:03.1  DialEnd            caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter        alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter        caller          BridgeUniqueid=b1
  09:00:33.1  (connection lost)
  09:01:33.1  FullyBooted                        Status=Fully_Booted Uptime=20 LastReload=20

Calls
  outcome   ended     wait  talk  ended_by  inferred
  answered  09:00:33  3     30    pbx       yes
Legs
  extension  outcome   talk  inferred
  1001       answered  30    yes
