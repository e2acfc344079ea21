using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Xunit;
using Buffer = Dsl.Generator.Graph.Operations.Buffer;

namespace Dsl.Generator.Tests;

/// <summary>Which operations of a step become one loop.</summary>
public sealed class FuseRegionsTests
{
    private static readonly Shape s_rows = Shape.Of(Dim.Batch("N"), 3);

    private readonly Computation _computation = new();

    [Fact]
    public void A_loss_with_its_gradient()
    {
        Value a = Tensor("batch.A"), b = Tensor("batch.B");
        Value errors = _computation.Add(new Subtract(), "errors", a, b);
        Value loss = _computation.Add(new Mean(), "loss", _computation.Add(new Square(), "squares", errors));
        Value gradient = _computation.Add(new Scale(2), "gradient", errors);
        var region = Assert.Single(Regions(loss, gradient));
        Assert.Equal([a, b], region.Inputs);
        Assert.Equal([gradient, loss], region.Outputs);
        Assert.All(region.Outputs, (value, i) => Assert.Equal((region, i), (value.Producer, value.Index)));
        Assert.Equal(["errors", "squares", "loss", "gradient"], Inner(region));
    }

    [Fact]
    public void One_operation_stays_alone()
    {
        Value loss = _computation.Add(new Mean(), "loss", _computation.Add(new Square(), "squares", Tensor("batch.A")));
        Assert.Empty(Regions(loss));
    }

    [Fact]
    public void What_needs_a_sum_comes_behind_it()
    {
        Value a = Tensor("batch.A");
        Value centre = _computation.Add(new Mean(), "centre", Chain(a, "first"));
        Value centred = _computation.Add(new Subtract(), "centred", Chain(a, "second"), centre);
        var regions = Regions(_computation.Add(new Square(), "result", centred));
        Assert.Equal(2, regions.Count);
        Assert.Contains(centre, regions[0].Outputs);
        Assert.Contains(centre, regions[1].Inputs);
    }

    [Fact]
    public void What_is_made_by_a_product_of_it_comes_behind_that()
    {
        Value a = Tensor("batch.A"), weight = _computation.Add(
            new Input("batch.W", new TensorType(Shape.Of(3, 3))), "weight");
        Value first = Chain(a, "first");
        Value product = _computation.Add(new MatrixProduct(), "product", first, weight);
        Value last = _computation.Add(new Add(), "last", Chain(product, "second"), first);
        var regions = Regions(last);
        Assert.Equal(2, regions.Count);
        Assert.Contains(product, regions[1].Inputs);
        Assert.Equal([last], regions[1].Outputs);
    }

    [Fact]
    public void A_number_that_is_repeated_is_one_beside_the_elements()
    {
        Value a = Tensor("batch.A"), number = _computation.Add(new Input("_one", new TensorType(Shape.Scalar)), "one");
        Value repeated = _computation.Add(new ExpandAs(), "repeated", number, a);
        Value result = _computation.Add(new Add(), "result", Chain(a, "first"), repeated);
        var region = Assert.Single(Regions(result));
        Assert.Equal([a, number], region.Inputs);
    }

    [Fact]
    public void A_row_that_is_repeated_is_a_tensor_like_others()
    {
        Value a = Tensor("batch.A"), column = _computation.Add(
            new Input("batch.C", new TensorType(Shape.Of(Dim.Batch("N"), 1))), "column");
        Value repeated = _computation.Add(new ExpandAs(), "repeated", column, a);
        Value result = _computation.Add(new Multiply(), "result", Chain(a, "first"), repeated);
        Assert.Equal([a, repeated], Assert.Single(Regions(result)).Inputs);
    }

    [Fact]
    public void What_reads_state_stays_on_its_side_of_what_writes_it()
    {
        Value a = Tensor("batch.A"), state = _computation.Add(new Buffer("_memory", new TensorType(s_rows)), "state");
        Value before = Chain(_computation.Add(new Add(), "before", a, state), "early");
        _computation.AddEffect(new Accumulate("_memory"), a);
        Value after = Chain(_computation.Add(new Subtract(), "after", a, state), "late");
        var regions = Regions(before, after);
        Assert.Equal(2, regions.Count);
        int writes = _computation.Nodes.ToList().FindIndex(node => node.Operation is Accumulate);
        Assert.True(_computation.Nodes.ToList().IndexOf(regions[0]) < writes);
        Assert.True(writes < _computation.Nodes.ToList().IndexOf(regions[1]));
    }

    [Fact]
    public void Tensors_of_other_shapes_have_loops_of_their_own()
    {
        Value wide = Chain(Tensor("batch.A"), "wide");
        Value row = _computation.Add(new Input("batch.R", new TensorType(Shape.Of(Dim.Batch("N")))), "row");
        var regions = Regions(wide, Chain(row, "narrow"));
        Assert.Equal(2, regions.Count);
    }

    private Value Tensor(string member) => _computation.Add(new Input(member, new TensorType(s_rows)), member[^1..]);

    private Value Chain(Value from, string name) => _computation.Add(
        new Exponential(), name + "Powers", _computation.Add(new Scale(-1), name + "Negatives", from));

    private List<Node> Regions(params Value[] roots)
    {
        FuseRegions.Run(_computation, roots, "");
        Assert.Empty(Verifier.Faults(_computation, roots));
        return [.. _computation.Nodes.Where(node => node.Operation is ElementRegion)];
    }

    private static IEnumerable<string> Inner(Node region) =>
        ((ElementRegion)region.Operation).Nodes.Select(node => node.Output.Hint);
}
