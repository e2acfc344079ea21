using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Adapters: layers of the trainer's own behind a feature of the network.</summary>
internal sealed partial class Comparison
{
    /// <summary>What is read of the network, brought to the width of a teacher's feature where that is another.</summary>
    public Value Adapted(Value teacher)
    {
        Value feature = Result;
        if (feature.Shape == teacher.Shape) return feature;
        int rank = feature.Shape.Rank, axis = Enumerable.Range(1, rank - 1).First(i => feature.Shape[i] != teacher.Shape[i]);
        long width = teacher.Shape[axis].Factor, own = feature.Shape[axis].Factor;
        bool isLinear = axis == rank - 1 && rank <= 3;
        var kernel = Enumerable.Repeat((Dim)1L, isLinear ? 0 : rank - 2);
        var parameters = new List<NetworkParameter>();
        Value weight = Parameter("weight", Shape.Of([width, own, .. kernel])), bias = Parameter("bias", Shape.Of(width));
        Operation operation = isLinear ? new Linear() : new Convolution(new ConvolutionGeometry(1, 0, 1, 1, rank - 2));
        string layer = isLinear ? $"Linear({width})" : $"Conv{rank - 2}d({width}, 1)";
        Step.AddAdapter(new FeatureAdapter(Of!, layer, feature.Shape, teacher.Shape, parameters));
        return Computation.Add(operation, feature.Hint + "Adapted", feature, weight, bias);

        Value Parameter(string name, Shape shape)
        {
            var parameter = new NetworkParameter(
                $"{Of}.{name}", Named("Adapter") + Upper(name), shape, new Initialization.UniformFanIn(own));
            parameters.Add(parameter);
            return Computation.Add(
                new Parameter(parameter.Member, new TensorType(shape)), feature.Hint + "Adapter" + Upper(name));
        }

        static string Upper(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
    }
}
