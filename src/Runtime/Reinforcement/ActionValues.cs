using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A network that is asked about what environments show.</summary>
internal sealed class ActionValues
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Func<int, float[]> _seen;
    private readonly Device _device;
    private readonly ScalarType _type;
    private readonly int _copies, _width;

    /// <summary>Asks a network with a row of a number for each action, [N, K].</summary>
    public ActionValues(nn.Module<Tensor, Tensor> network, VectorEnvironment<float[], int> environment, Device device)
        : this(network, device, environment.Observations, environment.Observation, environment.Count,
            environment.Actions is DiscreteSpace { Count: var actions } ? actions
                : throw new DataMismatchException("The actions are no DiscreteSpace, and the network has an output for each."))
    {
    }

    /// <summary>Asks a network with a row of the mean and the log deviation of each number of an action, [N, 2A].</summary>
    public ActionValues(nn.Module<Tensor, Tensor> network, VectorEnvironment<float[], float[]> environment, Device device)
        : this(network, device, environment.Observations, environment.Observation, environment.Count,
            environment.Actions is BoxSpace { Count: var numbers } ? 2 * numbers
                : throw new DataMismatchException(
                    "The actions are no BoxSpace, and the network has two outputs for each number of one."))
    {
    }

    private ActionValues(nn.Module<Tensor, Tensor> network, Device device, ISpace<float[]> observations, Func<int, float[]> seen,
        int copies, int width)
    {
        if (observations is not BoxSpace box)
            throw new DataMismatchException("A network takes observations of a BoxSpace: put OneHotObservation around states.");
        (_network, _device, _seen, _copies, _width, Observation) = (network, device, seen, copies, width, box);
        _type = network.parameters().FirstOrDefault()?.dtype ?? ScalarType.Float32;
    }

    /// <summary>What is seen of an environment.</summary>
    public BoxSpace Observation { get; }

    /// <summary>The output for what each copy shows at present.</summary>
    public double[][] Now() => Of([.. Enumerable.Range(0, _copies).SelectMany(_seen)], _copies, _width);

    /// <summary>The output for some observations.</summary>
    /// <param name="observations">One after another.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Numbers that the network must give for each.</param>
    /// <exception cref="DataMismatchException">It gives others.</exception>
    public double[][] Of(float[] observations, int count, int width)
    {
        using var scope = NewDisposeScope();
        Tensor input = tensor(observations, [count, .. Observation.Shape]).to(_type, _device);
        Tensor output = _network.Predict(input).to(ScalarType.Float64, CPU).contiguous();
        if (!output.shape.AsSpan().SequenceEqual([count, width]))
        {
            throw new DataMismatchException(
                $"'{_network.GetName()}' returns [{string.Join(", ", output.shape)}] for {count} observations, where "
                + $"[{count}, {width}] is expected: one number for each action of the environment, two for each number of one "
                + "that is a vector, or one value of a critic.");
        }

        double[] all = MemoryMarshal.Cast<byte, double>(output.bytes).ToArray();
        return [.. all.Chunk(width)];
    }
}
