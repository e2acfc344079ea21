namespace TorchSharp;

public static partial class torch
{
    /// <summary>An uninitialised tensor of the shape of another; type and device are its when not given.</summary>
    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return input.empty_like(dtype, device, requires_grad);
    }

    /// <summary>A tensor of zeros of the shape of another; type and device are its when not given.</summary>
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return input.zeros_like(dtype, device, requires_grad);
    }

    /// <summary>A tensor of ones of the shape of another; type and device are its when not given.</summary>
    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return input.ones_like(dtype, device, requires_grad);
    }

    /// <summary>A tensor of one value of the shape of another; type and device are its when not given.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null)
    {
        RefuseNames(names);
        return input.full_like(value, dtype, device, requires_grad);
    }

    /// <summary>
    /// Numbers drawn evenly from [0, 1) in the shape of another tensor; type and device are its when not given.
    /// </summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    /// <summary>
    /// Numbers drawn from the standard normal distribution in the shape of another tensor; type and device are its when not
    /// given.
    /// </summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);
}
