using TorchSharp;
using static TorchSharp.torch;

namespace Bench;

/// <summary>One who makes a workload's step in this process.</summary>
/// <param name="Run">Makes one update.</param>
/// <param name="Loss">The last update's loss.</param>
/// <param name="Networks">The network that is trained, then its teacher or copy where there is one.</param>
internal sealed record Side(Action<Batch> Run, Func<double> Loss, IReadOnlyList<nn.Module> Networks)
{
    /// <summary>Our targets.</summary>
    public const string Explicit = "explicit", Autograd = "autograd";

    /// <summary>A user of TorchSharp, and one of PyTorch.</summary>
    public const string TorchSharp = "torchsharp", PyTorch = "pytorch";

    /// <summary>Makes a side.</summary>
    /// <param name="name">One of the names but PyTorch's, which runs elsewhere.</param>
    public static Side Create(Workload workload, string name)
    {
        if (name == TorchSharp)
        {
            var eager = workload.Eager();
            return new Side(eager.Run, () => eager.Loss!.ToDouble(), eager.Networks);
        }

        var ours = name == Explicit ? workload.Explicit() : workload.Autograd();
        Tensor? loss = null;
        return new Side(batch => loss = ours.Run(batch), () => loss!.ToDouble(), ours.Networks);
    }
}
