using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Dsl.Torch.Tests.Surface;

public sealed class FunctionalTests : SurfaceTest
{
    private static readonly float LogTwo = (float)Math.Log(2);

    [Fact]
    public void Linear_and_convolution_have_their_values()
    {
        var x = tensor([1f, 2], 1, 2);
        Equal([6, 8], F.linear(x, tensor([1f, 2, 3, 2], 2, 2), tensor([1f, 1])));
        var image = arange(9.0).view(1, 1, 3, 3);
        var window = tensor([1f, 0, 0, 1], 1, 1, 2, 2);
        Equal([4, 6, 10, 12], F.conv2d(image, window));
        Equal([5, 7, 11, 13], F.conv2d(image, window, tensor([1f])));
        Equal([0, 2, 6, 12], F.conv2d(image, window, strides: [2], padding: [1]));
        Equal([1, 3, 5], F.conv1d(tensor([0f, 1, 2, 3], 1, 1, 4), ones(1, 1, 2)));
        Assert.Equal([1, 2, 6, 6], F.conv_transpose2d(zeros(1, 3, 3, 3), zeros(3, 2, 2, 2), strides: [2]).shape);
    }

    [Fact]
    public void Pooling_has_its_values()
    {
        var image = arange(16.0).view(1, 1, 4, 4);
        Equal([5, 7, 13, 15], F.max_pool2d(image, 2));
        Equal([5, 6, 7, 9, 10, 11, 13, 14, 15], F.max_pool2d(image, [2, 2], [1, 1]));
        Equal([2.5f, 4.5f, 10.5f, 12.5f], F.avg_pool2d(image, 2));
        Equal([7.5f], F.adaptive_avg_pool2d(image, 1));
        Assert.Equal([1, 1, 4, 2], F.max_pool2d(image, (1, 2)).shape);
    }

    [Fact]
    public void Batch_norm_uses_the_batch_in_training_and_the_running_statistics_else()
    {
        var x = tensor([0f, 10, 2, 10], 2, 2);
        var mean = zeros(2);
        var variance = ones(2);
        Equal([-1, 0, 1, 0], F.batch_norm(x, mean, variance, training: true), 1e-4);
        Equal([0.1f, 1], mean);
        Equal([1.1f, 0.9f], variance);
        Equal([0, 10, 2, 10], F.batch_norm(x, zeros(2), ones(2)), 1e-4);
        Equal([1, 21, 5, 21], F.batch_norm(x, zeros(2), ones(2), full(2, 2.0), ones(2)), 1e-4);
    }

    [Fact]
    public void Layer_and_group_norm_and_normalize_have_their_values()
    {
        Equal([-1, 1, -1, 1], F.layer_norm(tensor([1f, 3, 0, 10], 2, 2), [2]), 1e-4);
        Equal([-1, 1, -1, 1], F.group_norm(tensor([1f, 3, 0, 10], 1, 4), 2), 1e-4);
        Equal([0.6f, 0.8f], F.normalize(tensor([3f, 4], 1, 2)));
        Equal([0, 0], F.normalize(zeros(1, 2)));
    }

    [Fact]
    public void Classification_losses_have_their_values()
    {
        var logits = zeros(2, 2);
        var labels = tensor([0L, 1]);
        Equal([LogTwo], F.cross_entropy(logits, labels));
        Equal([2 * LogTwo], F.cross_entropy(logits, labels, reduction: Reduction.Sum));
        Equal([LogTwo, LogTwo], F.cross_entropy(logits, labels, reduction: Reduction.None));
        Equal([LogTwo], F.cross_entropy(logits, tensor([0L, -100]), label_smoothing: 0.1));
        Equal([LogTwo], F.cross_entropy(logits, tensor([0.25f, 0.75f, 1, 0], 2, 2)));
        Equal([LogTwo], F.nll_loss(F.log_softmax(logits, 1), labels));
        Equal([LogTwo], F.binary_cross_entropy_with_logits(zeros(3), tensor([1f, 0, 0.5f])));
        Equal([LogTwo], F.binary_cross_entropy(full(2, 0.5), tensor([1f, 0])));
        var weighted = F.cross_entropy(tensor([0f, 1, 0, 0], 2, 2), labels, tensor([1f, 3]));
        Equal([(float)((Math.Log(1 + Math.E) + (3 * Math.Log(2))) / 4)], weighted);
    }

    [Fact]
    public void Regression_losses_have_their_values()
    {
        Equal([2.5f], F.mse_loss(tensor([1f, 2]), zeros(2)));
        Equal([1.5f], F.l1_loss(tensor([1f, 2]), zeros(2)));
        Equal([0.125f, 1.5f], F.smooth_l1_loss(tensor([0.5f, 2]), zeros(2), Reduction.None));
        var target = tensor([0.5f, 0.5f]);
        var guess = tensor([0.25f, 0.75f]).log();
        var divergence = (float)((0.5 * Math.Log(2)) + (0.5 * Math.Log(2 / 3.0)));
        Equal([divergence / 2], F.kl_div(guess, target.log()));
        Equal([divergence], F.kl_div(guess, target, log_target: false, Reduction.Sum));
    }

    [Fact]
    public void Dropout_scales_what_it_keeps()
    {
        var ones = torch.ones(1000);
        var dropped = F.dropout(ones, 0.25);
        Assert.Equal(1, dropped.mean().ToDouble(), 0.1);
        Equal([4 / 3f], dropped.max());
        Equal([0L], F.dropout(ones, 0.25, training: false).ne(1).sum());
        F.dropout(ones, 0.5, inplace: true).Dispose();
        Assert.True((ones == 0).any().item<bool>());
    }

    [Fact]
    public void Padding_adds_what_was_asked_for()
    {
        var row = tensor([1f, 2, 3], 1, 1, 3);
        Equal([0, 1, 2, 3, 0, 0], F.pad(row, (1, 2)));
        Equal([7, 1, 2, 3], F.pad(row, [1, 0], PaddingModes.Constant, 7));
        Equal([2, 1, 2, 3, 2], F.pad(row, (1, 1), PaddingModes.Reflect));
        Equal([1, 1, 2, 3, 3], F.pad(row, (1, 1), PaddingModes.Replicate));
        Equal([3, 1, 2, 3, 1], F.pad(row, (1, 1), PaddingModes.Circular));
        Equal([2], F.pad(row, (-1, -1)));
        Assert.Equal([1, 1, 5, 6], F.pad(zeros(1, 1, 3, 3), (1, 2, 1, 1)).shape);
        Assert.Equal([3, 3], F.pad(zeros(1, 1), 1).shape);
        Assert.Equal([1, 1, 5, 5], F.pad(rand(1, 1, 3, 3), (1, 1, 1, 1), PaddingModes.Circular).shape);
        Assert.Throws<ArgumentException>(() => F.pad(row, (4, 0), PaddingModes.Circular));
    }

    [Fact]
    public void One_hot_and_activations_have_their_values()
    {
        Equal([0L, 1, 0, 0, 0, 1], F.one_hot(tensor([1L, 2])));
        Assert.Equal([2, 5], F.one_hot(tensor([1L, 2]), 5).shape);
        var x = tensor([-1f, 1]);
        Equal([0, 1], F.relu(x));
        Equal([-0.01f, 1], F.leaky_relu(x));
        Equal([0.1192029f, 0.8807971f], F.softmax(x, 0));
        Equal([-0.2689414f, 0.7310586f], F.silu(x));
        Equal([-0.1586553f, 0.8413447f], F.gelu(x));
        F.relu(x, inplace: true).Dispose();
        Equal([0, 1], x);
    }

    [Fact]
    public void Attention_weighs_values_by_similarity()
    {
        var query = zeros(1, 2, 4);
        var value = tensor([1f, 3], 1, 2, 1);
        Equal([2, 2], F.scaled_dot_product_attention(query, query, value));
        Equal([1, 2], F.scaled_dot_product_attention(query, query, value, is_casual: true));
        Equal([1, 3], F.scaled_dot_product_attention(query, query, value, tensor(new[,] { { true, false }, { false, true } })));
    }

    [Fact]
    public void Gradient_norms_are_clipped_over_all_parameters()
    {
        using var first = nn.Parameter(zeros(1));
        using var second = nn.Parameter(zeros(1));
        using var third = nn.Parameter(zeros(1));
        first.grad = tensor([3f]);
        second.grad = tensor([4f]);
        Assert.Equal(5, nn.utils.clip_grad_norm_([first, second, third], 10), 1e-6);
        Equal([3], first.grad!);
        Assert.Equal(5, nn.utils.clip_grad_norm_([first, second, third], 1), 1e-6);
        Equal([0.6f], first.grad!);
        Equal([0.8f], second.grad!);
        nn.utils.clip_grad_value_([first, second], 0.7);
        Equal([0.7f], second.grad!);
        nn.utils.vector_to_parameters(tensor([1f, 2, 3]), [first, second, third]);
        Equal([1, 2, 3], nn.utils.parameters_to_vector([first, second, third]));
    }
}
