using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>gcn: the twin of <see cref="Gcn"/> and its trainers. The normalised adjacency is a sparse matrix that is made once,
/// as in the authors' code: the graph is always the same.</summary>
internal sealed class GcnStep : EagerStep
{
    private readonly Network _network;
    private Tensor? _adjacency;

    public GcnStep() : this(new Network())
    {
    }

    private GcnStep(Network network) : base(network, learningRate: 0.01) => _network = network;

    protected override Tensor ComputeLoss(Batch batch)
    {
        _adjacency ??= Adjacency(batch.Parts[2], batch.Input.shape[0]);
        return nn.functional.cross_entropy(_network.call(batch.Input, _adjacency), batch.Label);
    }

    private static Tensor Adjacency(Tensor edges, long nodes)
    {
        using var scope = NewDisposeScope();
        var loops = arange(nodes, ScalarType.Int64);
        var from = cat([edges[0], loops]);
        var to = cat([edges[1], loops]);
        var roots = zeros(nodes).index_add_(0, to, ones(to.shape[0]), 1).rsqrt();
        return sparse_coo_tensor(stack([to, from]), roots[from] * roots[to], [nodes, nodes]).DetachFromDisposeScope();
    }

    private sealed class Network : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Linear _first = nn.Linear(1433, 16, hasBias: false);
        private readonly Parameter _firstBias = nn.Parameter(zeros(16));
        private readonly Linear _second = nn.Linear(16, 7, hasBias: false);
        private readonly Parameter _secondBias = nn.Parameter(zeros(7));

        public Network() : base(nameof(Gcn)) => RegisterComponents();

        public override Tensor forward(Tensor nodes, Tensor adjacency)
        {
            var hidden = nn.functional.relu(adjacency.mm(_first.call(nodes)) + _firstBias);
            return adjacency.mm(_second.call(hidden)) + _secondBias;
        }
    }
}
