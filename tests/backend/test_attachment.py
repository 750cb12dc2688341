from console.backend.engine.attachment import EndpointNetworks
from console.domain.snapshot import Container, Endpoint, Network

NAT = Network(id="1" * 64, name="nat", driver="nat")


def container(name, network_id):
    return Container(id=name, name=name, endpoints=(Endpoint(network_id=network_id, network_name="nat"),))


def test_that_containers_that_lack_nothing_are_the_same_tuple_again():
    told = (container("a", NAT.id), container("b", NAT.id))
    assert EndpointNetworks().complete(told, (NAT,)) is told


def test_that_only_a_container_without_its_networks_id_is_completed_and_stays_the_same_record():
    networks = EndpointNetworks()
    told = (container("a", NAT.id), container("b", ""))
    before = networks.complete(told, (NAT,))
    assert before[0] is told[0]
    assert before[1].endpoints[0].network_id == NAT.id
    assert networks.complete(told, (NAT,))[1] is before[1]
