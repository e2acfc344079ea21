using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Each channel with its mean taken off and divided by its standard deviation, then scaled and shifted.</summary>
/// <remarks>
/// In training the statistics are the batch's, and the running ones move towards them; in evaluation they are the running ones.
/// </remarks>
public abstract class BatchNorm : nn.Module<Tensor, Tensor>
{
    private protected BatchNorm(
        string name, long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype)
        : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = new Parameter(ones(num_features, dtype, device));
            bias = new Parameter(zeros(num_features, dtype, device));
            register_parameter(nameof(weight), (Parameter)weight.DetachFromDisposeScope());
            register_parameter(nameof(bias), (Parameter)bias.DetachFromDisposeScope());
        }

        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device).DetachFromDisposeScope();
            running_var = ones(num_features, dtype, device).DetachFromDisposeScope();
            num_batches_tracked = zeros([], ScalarType.Int64, device).DetachFromDisposeScope();
            register_buffer(nameof(running_mean), running_mean);
            register_buffer(nameof(running_var), running_var);
            register_buffer(nameof(num_batches_tracked), num_batches_tracked);
        }
    }

    /// <summary>The number of channels.</summary>
    public long num_features { get; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>The weight of a batch's statistics in the running ones.</summary>
    public double momentum { get; set; }

    /// <summary>Whether a scale and a shift of each channel are learnt.</summary>
    public bool affine { get; }

    /// <summary>Whether evaluation uses running statistics.</summary>
    public bool track_running_stats { get; }

    /// <summary>The scale of each channel [C], or null.</summary>
    public Parameter? weight { get; }

    /// <summary>The shift of each channel [C], or null.</summary>
    public Parameter? bias { get; }

    /// <summary>The running mean of each channel [C], or null.</summary>
    public Tensor? running_mean { get; }

    /// <summary>The running variance of each channel [C], or null.</summary>
    public Tensor? running_var { get; }

    /// <summary>How many batches the running statistics have seen, or null.</summary>
    public Tensor? num_batches_tracked { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        if (training)
        {
            num_batches_tracked?.add_(1);
        }

        return nn.functional.batch_norm(
            input, running_mean, running_var, weight, bias, training || running_mean is null, momentum, eps);
    }

    /// <summary>Checks the number of dimensions of an input.</summary>
    /// <exception cref="ArgumentException">It is not one that the layer takes.</exception>
    protected abstract void ValidateInputDimensions(Tensor input);
}
