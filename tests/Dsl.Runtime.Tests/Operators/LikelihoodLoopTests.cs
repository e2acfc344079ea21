using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>The logarithm of softmax, likelihoods of labels, rows of tables and places of rows, with their derivatives: as
/// libtorch's.</summary>
public sealed class LikelihoodLoopTests
{
    [Fact]
    public void The_logarithm_of_softmax()
    {
        foreach (long columns in new long[] { 1, 3, 10, 33, 1000 })
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            Tensor x = randn(70, columns).mul(20), gradient = randn(70, columns);
            var exact = x.to(ScalarType.Float64).log_softmax(-1);
            var slope = gradient.to(ScalarType.Float64) - exact.exp() * gradient.to(ScalarType.Float64).sum(-1, keepdim: true);
            Tensor own = Aten.log_softmax(x, -1);
            Assert.True(exact.allclose(own.to(ScalarType.Float64), 1e-5, 1e-5));
            Assert.True(slope.allclose(
                Aten._log_softmax_backward_data(gradient, own, -1, ScalarType.Float32).to(ScalarType.Float64), 1e-4, 1e-4));
        }
    }

    [Theory]
    [InlineData(0, false), InlineData(1, false), InlineData(2, false), InlineData(0, true), InlineData(1, true)]
    [InlineData(2, true)]
    public void Likelihoods_of_labels(long reduction, bool weighted)
    {
        using var scope = NewDisposeScope();
        var x = randn(40, 7).log_softmax(-1).requires_grad_();
        var labels = randint(7, [40], ScalarType.Int64);
        labels[3] = labels[17] = -100;
        Tensor? weights = weighted ? rand(7) : null;
        var reduced = reduction switch { 0 => nn.Reduction.None, 1 => nn.Reduction.Mean, _ => nn.Reduction.Sum };
        var expected = nn.functional.nll_loss(x, labels, weights, reduced);
        var seed = reduction == 0 ? randn(40) : tensor(1.7f);
        expected.backward([seed]);
        using var noGrad = no_grad();
        var (loss, total) = Aten.nll_loss_forward(x, labels, weights, reduction, -100);
        Assert.True(expected.allclose(loss, 1e-5, 1e-6));
        var gradient = Aten.nll_loss_backward(seed, x, labels, weights, reduction, -100, total);
        Assert.True(x.grad!.allclose(gradient, 1e-5, 1e-6));
    }

    [Fact]
    public void A_label_that_is_no_class_is_an_error()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Assert.ThrowsAny<Exception>(() =>
            Aten.nll_loss_forward(randn(4, 3), tensor(new long[] { 0, 1, 2, 3 }), null, 1, -100));
    }

    [Fact]
    public void Rows_of_a_table_and_its_gradient()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor table = randn(50, 33), indices = randint(50, [6, 9], ScalarType.Int64), gradient = randn(6, 9, 33);
        var rows = table.index_select(0, indices.flatten()).view(6, 9, 33);
        Assert.True(rows.eq(Aten.embedding(table, indices)).all().item<bool>());
        foreach (var given in new[] { gradient, randn(6, 9, 70).narrow(2, 4, 33) })
        {
            var expected = table + Aten.embedding_dense_backward(given, indices, 50, 7);
            var own = table.clone();
            Aten.add_embedding_(own, given, indices, 7);
            Assert.True(expected.allclose(own, 1e-5, 1e-5));
        }

        Assert.Throws<DataMismatchException>(() => Aten.embedding(table, full([2], 50, ScalarType.Int64)));
    }

    [Fact]
    public void Places_of_the_largest_and_whether_it_reaches_a_threshold()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = randint(5, [60, 7]).to_type(ScalarType.Float32).div(4);
        Assert.True(x.argmax(1).eq(ClassLabels.Largest(x)).all().item<bool>());
        Assert.True(x.amax([1]).ge(0.75).to_type(ScalarType.Float32).eq(Confidence.Reaches(x, 0.75)).all().item<bool>());
        x[4, 2] = float.NaN;
        Assert.Equal(2, ClassLabels.Largest(x)[4].item<long>());
        Assert.Equal(0, Confidence.Reaches(x, 0.1)[4].item<float>());
    }
}
